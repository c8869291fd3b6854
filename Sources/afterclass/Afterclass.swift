import ArgumentParser

@main
struct Afterclass: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "afterclass",
    abstract: "Turns recorded online classes into reports of displayed engagement, on this machine alone.",
    version: "0.1.0",
    subcommands: [SampleCommand.self])
}
