import { t } from '../words/office.ts';
import { guideTexts } from './guide-fields.ts';

/** The elements by their official names and in their order, as the editor has them, each list among them. */
export const guideElements: [string, string][] = guideTexts.flatMap(({ key, name }): [string, string][] => {
  if (key === 'materialsNote')
    return [
      ['materials', t.materials],
      [key, name],
      ['materialsPartial', t.materialsNotAll],
    ];
  if (key === 'amount')
    return [
      [key, name],
      ['amounts', t.standardByAge],
    ];
  return [[key, name]];
});

const ELEMENT_NAMES = new Map([...guideElements, ['reason', t.whySheTold], ['body', t.whenSheAsksFor]]);

/** The name of an element as it stands in the official list. */
export const elementName = (element: string) => ELEMENT_NAMES.get(element) ?? element;

export const guideStates: Record<string, { words: string; tone: string }> = {
  draft: { words: t.draft, tone: 'info' },
  submitted: { words: t.waitsForSignature, tone: 'warn' },
  effective: { words: t.holds, tone: 'good' },
  withdrawn: { words: t.takeBack, tone: 'plain' },
};

export const policyStates: Record<string, { words: string; tone: string }> = {
  draft: { words: t.draft, tone: 'plain' },
  submitted: { words: t.waitsForSignature, tone: 'warn' },
  published: { words: t.publishedShort, tone: 'good' },
  paused: { words: t.paused, tone: 'info' },
  recalled: { words: t.takenBackShort, tone: 'late' },
};

export const results: Record<string, { words: string; tone: string }> = {
  done: { words: t.done, tone: 'good' },
  denied: { words: t.notAllowed, tone: 'late' },
  failed: { words: t.failed, tone: 'warn' },
};
