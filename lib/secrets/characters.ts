/** Classes of ASCII characters by their codes: for the places where a regular expression would be compiled for one character. */

export function isDigitCode(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isUpperCode(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isLowerCode(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** Letters, digits and `_`. */
export function isWordCode(code: number): boolean {
  return isLowerCode(code) || isUpperCode(code) || isDigitCode(code) || code === 95;
}
