/** What the model is told about secrets when a session starts. */

/** How to work with secrets without seeing them. */
export function brief(): string {
  return 'Secrets: no values in commands, patches or messages; refer to variables by name. Output that holds one is kept back.';
}
