declare module 'bash-parser' {
  /** Parses a POSIX shell text into a tree; throws on what it rejects. */
  export default function parse(text: string): unknown;
}
