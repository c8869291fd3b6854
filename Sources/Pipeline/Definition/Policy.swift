public import Engagement

extension Definition {
  /// Checks that the setting allows what is asked for; done before any frame is read.
  ///
  /// - Throws: `PolicyRefusal` with the reason, the law and the way out.
  public func enforcePolicy() throws {
    guard classify.bundle != nil, let refusal = setting.refusalOfExpressions else { return }
    throw PolicyRefusal(refusal)
  }

  /// What to summarise with: without expressions where the setting or the pipeline leaves them out, also when
  /// the observations have them.
  public var summarySettings: SummarySettings {
    var settings = summarise
    settings.aggregateOnly = report.aggregateOnly
    settings.observableOnly = classify.bundle == nil || setting.refusalOfExpressions != nil
    return settings
  }
}
