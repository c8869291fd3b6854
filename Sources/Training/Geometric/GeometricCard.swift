import enum Vocabulary.Expression

/// The model card of a network over landmark features, in Markdown.
struct GeometricCard {
  var evaluation: Evaluation
  var command: String
  var hidden: Int

  var markdown: String {
    """
    # \(evaluation.name)

    Reads which of seven expressions a face *displays* (\(Expression.allCases.map(\.name).joined(separator: ", "))) \
    from nine ratios of its 68 landmarks, taken relative to a face at rest, through one hidden layer of \(hidden) units.

    ## Training

    On-line back-propagation with momentum on FER2013's `Training` rows (Goodfellow et al. 2013): one row at a time. The \
    face at rest is the median of the rows labelled neutral, the same for everybody: FER2013 does not say who is who. In a \
    recording each person's own takes its place, the sooner the longer the person is seen at rest. FER2013 is a \
    research set; its use is non-commercial upstream. No picture is in this folder.

    ## Accuracy

    On FER2013's `PublicTest`, which also chose the epoch, so the figures are a little too good:

    \(ModelCard.markdownTable(evaluation.summaryRows.filter { !$0[0].hasPrefix("CPU") }))

    By expression (label\(evaluation.answerNames.label)):

    \(ModelCard.markdownTable(Evaluation.classRows(evaluation.confusion)))

    Measured with `\(command)`.

    \(ModelCard.use)

    ## Limits

    Far weaker than the expression network, above all where an expression shows in the skin and not in the outline. \
    Landmarks of small, dark or turned faces are uncertain, and so is what is read from them. Fairness between \
    groups is not measured.

    """
  }
}
