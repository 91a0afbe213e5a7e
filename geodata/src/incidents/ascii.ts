/** JSON inside binary answers: plain ASCII, so that it needs no text encoder, which this package's language level lacks. */

/** JSON text with everything beyond ASCII escaped; still the same JSON. */
export const toAscii = (json: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what ASCII is
  json.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The text of ASCII bytes. */
export const fromAscii = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};
