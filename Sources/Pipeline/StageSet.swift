/// The stages that a definition asks for, loaded once and made anew for each worker.
public struct StageSet: Sendable {
  /// What measured values depend on besides the definition: detector, landmark network, bundle.
  public var models: [RunRecord.Model]
  public var make: @Sendable () throws -> Stages

  public init(
    models: [RunRecord.Model], make: @escaping @Sendable () throws -> Stages
  ) {
    self.models = models
    self.make = make
  }
}
