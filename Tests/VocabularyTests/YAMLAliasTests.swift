import Testing
import Vocabulary

@Suite struct YAMLAliasTests {
  @Test(arguments: [
    "a: &x [1]\nb: *x", "a: &x\n  b: 1\n<<: *x", "- &a-1_B y\n- {*a-1_B: 2}", "{a: &x y,\"b\":*x}",
  ])
  func aPartThatIsRepeatedIsSeen(text: String) { #expect(repeatsItself(yaml: text)) }

  @Test(arguments: [
    "", "&", "*", "& *", "a: b & c * d", "command: evaluate *.csv", "a: \"R&D\"\nb: 2*R", "# &x\na: &y 1",
    "a: *x",
  ])
  func textWithBothMarksIsNot(text: String) { #expect(!repeatsItself(yaml: text)) }
}
