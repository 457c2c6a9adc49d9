/** The bytes of a base64 text (RFC 4648 with padding; line breaks may stand anywhere), or what is wrong with it. */
export function decodeBase64(text: string): Uint8Array | string {
  const bytes: number[] = [];
  let group = 0;
  let letters = 0;
  let padding = 0;
  const push = (bits: number, count: number): void => {
    for (const [at, needs] of [2, 3, 4].entries()) {
      if (count >= needs) {
        bytes.push((bits >> (16 - 8 * at)) & 0xff);
      }
    }
  };
  for (const letter of text) {
    if (letter === "\r" || letter === "\n") {
      continue;
    }
    if (letter === "=") {
      if (letters + padding >= 4 || letters < 2) {
        return "base64 has padding that does not fit";
      }
      padding += 1;
      continue;
    }
    if (letter === "-" || letter === "_") {
      return "the URL form of base64 is used, not the standard one";
    }
    const value = alphabet.indexOf(letter);
    if (value < 0) {
      return "a character stands here that base64 does not have";
    }
    if (padding > 0) {
      return "base64 goes on after its padding";
    }
    if (letters === 4) {
      push(group, 4);
      group = 0;
      letters = 0;
    }
    group = (group << 6) | value;
    letters += 1;
  }
  if (letters !== 0 && letters + padding !== 4) {
    return "base64 ends too early: its length must be a multiple of 4";
  }
  push(group << (6 * (4 - letters)), letters);
  return Uint8Array.from(bytes);
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
