import Expressions
import Foundation
import enum Vocabulary.Expression

/// What a network is for and how far it can be trusted, in Markdown.
struct ModelCard {
  var recipe: Recipe
  var progress: Checkpoint.Progress
  var evaluation: Evaluation
  var command: String
  /// Whether there were FER+'s votes.
  var hasVotes: Bool

  var markdown: String {
    """
    # \(recipe.name)

    Reads which of seven expressions a face *displays* (\(Expression.allCases.map(\.name).joined(separator: ", "))) \
    from a gray picture of 48 × 48 pixels, framed as in FER2013. \
    \(String(format: "%.1f", Double(evaluation.multiplications) / 1e6)) million multiplications a face.\(answers)

    ## Training

    Recipe `\(recipe.name)`, \(epochs). The recipe's text is below, its digest and those of the data are in `manifest.yaml`.

    \(data) No picture is in this folder.

    \(Self.accuracy(evaluation, command: command))

    \(Self.use)

    ## Limits

    FER2013's labels are noisy\(guide). Disgust and fear \
    are rare and often wrong. FER2013 says nothing of age, skin or gender, so fairness between groups is not measured. Small, \
    dark, turned or covered faces are read worse. Expressions differ between people and cultures.

    ## Recipe

    ```yaml
    \(recipe.text.trimmingCharacters(in: .newlines))
    ```

    """
  }

  /// The card's part on accuracy, with its heading.
  static func accuracy(_ evaluation: Evaluation, command: String) -> String {
    """
    ## Accuracy

    On rows marked `PublicTest`, which also chose the epoch and the temperature, so the figures are a little too good \
    (\(evaluation.heading)):

    \(markdownTable(evaluation.summaryRows.filter { !$0[0].hasPrefix("CPU") }))

    By expression (label\(evaluation.answerNames.label)):

    \(markdownTable(Evaluation.classRows(evaluation.confusion)))

    Measured with `\(command)`.
    """
  }

  /// `card` with another part on accuracy: in the old one's place, or at the end.
  static func renewing(_ card: String, _ evaluation: Evaluation, command: String) -> String {
    let part = accuracy(evaluation, command: command)
    guard let start = card.range(of: "## Accuracy\n")?.lowerBound else {
      return card + (card.isEmpty || card.hasSuffix("\n\n") ? "" : "\n") + part + "\n"
    }
    guard let end = card[start...].range(of: "\n## ")?.lowerBound else { return card[..<start] + part + "\n" }
    return card[..<start] + part + "\n" + card[end...]
  }

  private var data: String {
    let labels = "Data: FER2013 (Goodfellow et al. 2013) or what is laid out as it, `Training` rows"
    guard hasVotes else {
      return
        "\(labels): a research set whose pictures come from a web search; its use is non-commercial upstream."
        + networks
    }
    let targets = recipe.targets
    let teaches = recipe.network.answersVotes || targets.labelShare < 1 || targets.skipsNonFaces
    let votes = "FER+'s ten votes a face (Barsoum et al. 2016)"
    return labels + (teaches ? ", and \(votes)." : "; \(votes) are measured against, not trained on.")
      + " Both are research sets whose pictures come from a web search; their use is non-commercial upstream."
      + networks
  }

  /// The networks that this one began with and learned from.
  private var networks: String {
    func names(_ sources: [BundleManifest.Source]?) -> String? {
      let names = (sources ?? []).map { "`\($0.file)` (SHA-256 \($0.digest.prefix(12))…)" }
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    let begun = names(progress.beginning).map { " It began with the \($0)." } ?? ""
    return begun + (names(progress.teachers).map { " It also learned from the answers of \($0)." } ?? "")
  }

  private var guide: String {
    evaluation.majorityConfusion.total > 0
      ? ": the FER+ figures above, from ten people a face, are the better guide"
      : ", and so are the figures above"
  }

  /// What the outputs are, where there are two.
  private var answers: String {
    guard recipe.network.answersVotes else { return "" }
    return
      "\n\nFrom the same features it gives two answers: `logits`, by FER2013's single labels, and `votes`, by "
      + "what FER+'s ten people would say. A pipeline reads the mean of their probabilities, unless the manifest's "
      + "`output` names one of them."
  }

  /// Which epoch the weights are of, and whether the training was over by then.
  private var epochs: String {
    guard let best = progress.best else { return "\(recipe.epochs) epochs" }
    let weights = "weights of epoch \(best.epoch)\(best.isAveraged ? " (averaged)" : "")"
    return progress.isFinished
      ? "\(weights), the best of \(progress.records.count)"
      : "\(weights) of a training that was planned for \(recipe.epochs) epochs and was not over"
  }

  /// What every network of expressions is for, and what not.
  static let use = """
    ## Intended use

    Sums over many faces and minutes of a recorded class whose participants know and agree: how often which expression was \
    displayed. Read it with its coverage and its error above.

    ## Not for

    Judging what a person feels, thinks or is; grading, ranking, hiring, policing or medical decisions; watching people who \
    did not agree. Inferring emotions in workplaces and schools is forbidden or restricted in many places, among them the \
    European Union (AI Act, Article 5).
    """

  static func markdownTable(_ rows: [[String]]) -> String {
    rows.enumerated().map { index, row in
      let line = "| " + row.joined(separator: " | ") + " |"
      return index == 0 ? line + "\n|" + String(repeating: " --- |", count: row.count) : line
    }.joined(separator: "\n")
  }
}
