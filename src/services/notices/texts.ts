/** Words of text messages: data of locales/<locale>/_sms.yaml. The gateway has the templates; what comes with them is worded here. */
import { Type } from 'typebox';
import { readLocaleFile } from '../locale-file.ts';

const Shape = Type.Object({
  templates: Type.Record(Type.String(), Type.String({ minLength: 1 })),
  emergencies: Type.Object({ other: Type.String() }, { additionalProperties: Type.String() }),
});

export interface Texts {
  /** What the gateway is asked to approve, by template. */
  templates: Readonly<Record<string, string>>;
  /** What of an emergency is told. */
  emergency(kind: string): string;
}

/** Reads the words once. @throws when the file is missing or not of its shape */
export function readTexts(locale = 'zh-CN'): Texts {
  const read = readLocaleFile(locale, '_sms.yaml', Shape);
  const told = new Map<string, unknown>(Object.entries(read.emergencies));
  return { templates: read.templates, emergency: (kind) => String(told.get(kind) ?? read.emergencies.other) };
}
