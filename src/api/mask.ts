/** What a screen shows of personal data before somebody says why she needs more: GB/T 35273 asks for masking and names no positions, so the strictest in use are taken. */

/** First character and a star: enough to recognise a person one knows, too little to learn who she is. */
export function maskName(name: string): string {
  const [first = ''] = Array.from(name.trim());
  return first === '' ? '*' : `${first}*`;
}

/** First three and last four digits. */
export function maskPhone(phone: string): string {
  return phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** First and last character. */
export function maskIdNumber(number: string): string {
  return number.length < 3 ? '*'.repeat(number.length) : `${number[0]}${'*'.repeat(number.length - 2)}${number.at(-1)}`;
}

interface Named {
  id: string | null;
  name: string | null;
}

/** A resident as lists show her. */
export function masked(person: Named | null): { id: string; name: string } | null {
  return person?.id ? { id: person.id, name: maskName(person.name ?? '') } : null;
}

/** A colleague or a place: named in full, since whoever acts in office may be asked for by name. */
export function named(who: Named | null): { id: string; name: string } | null {
  return who?.id ? { id: who.id, name: who.name ?? '' } : null;
}
