public import Vocabulary

/// The stages that a definition asks for, loaded once and made anew for each worker.
public struct StageSet: Sendable {
  /// Reads expressions from the landmarks of all faces of one person.
  public typealias PersonReading = @Sendable (_ faces: [FacialFeatures]) -> [ExpressionProbabilities?]

  /// What measured values depend on besides the definition: detector, landmark network, bundle.
  public var models: [RunRecord.Model]
  /// Where expressions come from landmarks alone: what reads them once more when it is known who is who.
  public var personReading: PersonReading?
  public var make: @Sendable () throws -> Stages

  public init(
    models: [RunRecord.Model], personReading: PersonReading? = nil,
    make: @escaping @Sendable () throws -> Stages
  ) {
    self.models = models
    self.personReading = personReading
    self.make = make
  }
}
