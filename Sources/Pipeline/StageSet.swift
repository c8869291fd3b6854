/// The stages that a definition asks for, loaded once and made anew for each worker.
public struct StageSet: Sendable {
  /// What measured values depend on besides the definition: detector, landmark network, bundle.
  public var models: [RunRecord.Model]
  /// What a user has to know, such as a network that is absent; one sentence each.
  public var notes: [String]
  public var make: @Sendable () throws -> Stages

  public init(
    models: [RunRecord.Model], notes: [String] = [], make: @escaping @Sendable () throws -> Stages
  ) {
    self.models = models
    self.notes = notes
    self.make = make
  }
}
