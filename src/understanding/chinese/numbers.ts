/** Chinese and Arabic numbers inside a text. */

export interface NumberWords {
  digits: Map<string, number>;
  units: Map<string, number>;
  tens: Map<string, number>;
}

export interface ReadNumber {
  value: number;
  end: number;
}

const LONGEST = 9;

function arabic(text: string, at: number): ReadNumber | undefined {
  let end = at;
  while (end < text.length && end - at < LONGEST && (text[end] as string) >= '0' && (text[end] as string) <= '9')
    end += 1;
  return end > at ? { value: Number(text.slice(at, end)), end } : undefined;
}

/** A run of digit words read one by one: 二零二六 is 2026. At least two, none followed by a unit. */
export function readDigits(
  words: NumberWords,
  text: string,
  at: number,
  most: number,
): { digits: string; end: number } | undefined {
  let digits = '';
  let end = at;
  while (end < text.length && digits.length < most) {
    const digit = words.digits.get(text[end] as string);
    if (digit === undefined) break;
    digits += digit;
    end += 1;
  }
  return digits.length > 0 ? { digits, end } : undefined;
}

/** A whole number at `at`: 28, 二十八, 廿八, 一百零三, 两千. */
export function readNumber(words: NumberWords, text: string, at: number): ReadNumber | undefined {
  const plain = arabic(text, at);
  if (plain) return plain;
  let total = 0;
  let pending = -1;
  let i = at;
  for (; i < text.length && i - at < LONGEST; i++) {
    const char = text[i] as string;
    const digit = words.digits.get(char);
    const ten = words.tens.get(char);
    const unit = words.units.get(char);
    if (ten !== undefined && pending < 0 && total === 0) total = ten;
    else if (unit !== undefined && (pending >= 0 || unit === 10)) {
      total += (pending < 0 ? 1 : pending) * unit;
      pending = -1;
    } else if (digit !== undefined && (pending < 0 || pending === 0)) pending = digit;
    else break;
  }
  if (i === at) return undefined;
  return { value: total + Math.max(pending, 0), end: i };
}
