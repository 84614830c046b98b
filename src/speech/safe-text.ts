/** No single value is longer than this when spoken: at the default pace about eight minutes. */
const LONGEST_VALUE = 1500;

// Control characters, lone surrogates, private use, zero-width and bidirectional marks and other invisible characters, line and
// paragraph separators, non-characters: none has a sound, several break XML 1.0 or hide what is on a screen.
const UNSPEAKABLE =
  /[\p{Cc}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u{FFF9}-\u{FFFD}]/gu;

/** Text that any speaker and any screen can take: white space made single, what has no sound removed, cut at `LONGEST_VALUE` characters. */
export function speakable(text: string): string {
  // Cut first: nothing that follows should cost more than the longest value.
  const cut = [...text.slice(0, LONGEST_VALUE * 4)].slice(0, LONGEST_VALUE).join('');
  return cut
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/gu, ' ')
    .replace(UNSPEAKABLE, '')
    .replace(/ {2,}/g, ' ');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for an XML element or attribute: the only road a string takes into markup. */
export function escapeXml(text: string): string {
  return text.replace(UNSPEAKABLE, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
