import Testing

@testable import Holdfast
