public import Foundation
public import Vocabulary

/// Reads photographs (JPEG, PNG, WebP, BMP, TIFF) through libavcodec.
public enum PictureReader {
  /// The first picture in the file, upright, blue-green-red.
  public static func read(_ url: URL) throws -> Image {
    throw MediaError(.unsupported, "open", file: url.path, reason: "not built yet", remedy: "update")
  }
}

/// Writes pictures as PNG or JPEG through libavcodec.
public enum PictureWriter {
  public enum Format: Sendable { case png, jpeg(quality: Int) }

  /// The encoded file's bytes; the same bytes for the same picture.
  public static func encode(_ image: Image, as format: Format) throws -> Data { Data() }

  /// Writes atomically; the format follows the extension (`png`, `jpg`, `jpeg`).
  public static func write(_ image: Image, to url: URL) throws {}
}
