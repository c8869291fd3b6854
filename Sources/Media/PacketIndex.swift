/// Times and kinds of a video stream's packets, gathered in one pass without decoding.
public struct PacketIndex: Sendable {
}
