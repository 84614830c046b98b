import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGuideDesk, type GuideText } from '../../../src/services/guides/desk.ts';
import { createGuides } from '../../../src/services/guides/guides.ts';
import { createSpeech } from '../../../src/speech/index.ts';
import { createWritingLint } from '../../../src/speech/lint/writing.ts';
import { createSpokenWords } from '../../../src/spoken-words.ts';
import type { Actor } from '../../../src/store/audit.ts';
import type { Database } from '../../../src/store/database.ts';
import { type GuideElements, guide, staff } from '../../../src/store/schema.ts';
import { ENGINES, fixedClock } from '../../support/stores.ts';
import { seeded } from '../sample.ts';

const MATTER = '老年优待证';

describe.each(ENGINES)('a guide on %s', (_, fresh) => {
  const clock = fixedClock('2026-11-23T09:30');
  let database: Database;
  let desk: ReturnType<typeof createGuideDesk>;
  let writer: Actor;
  let signer: Actor;
  let text: GuideText;
  let keys = 0;
  const key = () => `guide-test:${++keys}:0`;

  beforeAll(async () => {
    database = await fresh();
    await seeded(database, clock);
    desk = createGuideDesk({ database, clock });
    const officers = await database.db.select().from(staff).where(eq(staff.role, 'officer'));
    [writer, signer] = [0, 1].map((n) => ({ kind: 'staff', id: officers[n]?.id ?? '', role: 'officer' })) as [
      Actor,
      Actor,
    ];
    const elements = (await ofToday())?.elements as GuideElements;
    text = {
      elements: { ...elements, gist: '新的一句话。' },
      department: '社会局',
      source: '新文件',
      checkedOn: '2026-11-23',
      effectiveFrom: '2026-12-01',
    };
  });
  const ofToday = () => createGuides({ database, clock }).of(MATTER);
  const versions = () => database.db.select().from(guide).where(eq(guide.matter, MATTER)).orderBy(guide.version);

  it('is changed as a draft of the next version; the one that is told stays', async () => {
    const { id } = await desk.draft(key(), MATTER, text, writer);
    const again = await desk.draft(key(), MATTER, { ...text, source: '新文件二' }, writer);
    expect(again.id).toBe(id);
    expect((await versions()).map(({ version, state }) => [version, state])).toEqual([
      [1, 'effective'],
      [2, 'draft'],
    ]);
    expect((await ofToday())?.version).toBe(1);
  });

  it('says what one gets by age with the youngest first, and no age twice', async () => {
    const amounts = [90, 80].map((ageFrom) => ({ ageFrom, text: `满${ageFrom}的一句。` }));
    const withAmounts = (of: typeof amounts) => ({ ...text, elements: { ...text.elements, amounts: of } });
    await desk.draft(key(), MATTER, withAmounts(amounts), writer);
    const [, open] = await versions();
    expect(open?.elements.amounts?.map(({ ageFrom }) => ageFrom)).toEqual([80, 90]);
    await expect(desk.draft(key(), MATTER, withAmounts([...amounts, ...amounts]), writer)).rejects.toMatchObject({
      refusal: 'BadInput',
      values: { field: 'amounts' },
    });
  });

  it('is not submitted while an element is missing', async () => {
    const { id } = await desk.draft(
      key(),
      MATTER,
      { ...text, elements: { ...text.elements, supervision: '' } },
      writer,
    );
    await expect(desk.submit(key(), id, writer)).rejects.toMatchObject({
      refusal: 'BadInput',
      values: { field: 'supervision' },
    });
  });

  it('holds from its day on after a second person signed, and ends the one before', async () => {
    const { id } = await desk.draft(key(), MATTER, text, writer);
    await desk.submit(key(), id, writer);
    await expect(desk.sign(key(), id, writer)).rejects.toMatchObject({ refusal: 'SecondPersonNeeded' });
    await desk.sign(key(), id, signer);
    expect((await ofToday())?.elements.gist).not.toBe('新的一句话。');
    clock.set('2026-12-01T09:00');
    expect((await ofToday())?.elements.gist).toBe('新的一句话。');
    expect(
      (await versions()).map(({ effectiveFrom, effectiveUntil, state }) => [effectiveFrom, effectiveUntil, state]),
    ).toEqual([
      ['2024-10-29', '2026-11-30', 'effective'],
      ['2026-12-01', null, 'effective'],
    ]);
  });

  it('that nobody compared for half a year is named; a look makes it fresh', async () => {
    clock.set('2027-07-01T09:00');
    const old = (await desk.stale()).find(({ matter }) => matter === MATTER);
    expect(old?.checkedOn).toBe('2026-11-23');
    await desk.checked(key(), old?.id ?? '', writer);
    expect((await desk.stale()).some(({ matter }) => matter === MATTER)).toBe(false);
  });

  it('comes in from a file, all or none', async () => {
    const before = (await database.db.select().from(guide)).length;
    const bad = { ...text, matter: '第二件', effectiveFrom: '2027-09-01', effectiveUntil: '2027-08-01' };
    await expect(desk.bringIn(key(), [{ ...text, matter: '第一件' }, bad], writer)).rejects.toMatchObject({
      refusal: 'BadInput',
    });
    expect((await database.db.select().from(guide)).length).toBe(before);
    await desk.bringIn(key(), [{ ...text, matter: '第一件' }], writer);
    const [made] = await database.db
      .select()
      .from(guide)
      .where(and(eq(guide.matter, '第一件'), eq(guide.state, 'draft')));
    expect(made?.version).toBe(1);
  });
});

describe('a draft as she will hear it', () => {
  const speech = createSpeech({ clock: fixedClock('2026-11-23T09:30') });
  const { guide: told, lint } = createSpokenWords({ speech }, { pathOf: async () => undefined });

  it('says what is paid by age one step after the other, each looked over for itself', () => {
    const amounts = [
      { ageFrom: 80, text: '每月一百三十五块。' },
      { ageFrom: 90, text: '每月500块。' },
    ];
    const [eighty, ninety] = told({ gist: '一份钱。', amounts }).filter(({ element }) => element === 'amounts');
    expect([eighty?.text, ninety?.text]).toEqual(['每月一百三十五块。', '每月500块。']);
    expect(lint(eighty?.text ?? '')).toEqual([]);
    expect(lint(ninety?.text ?? '').map(({ kind }) => kind)).toEqual(['figures']);
  });
});

describe('the lint of what is written', () => {
  const lint = createWritingLint();
  it('names words that are not said to residents, and what to say instead', () => {
    expect(lint('请您耐心等待。')).toContainEqual({
      level: 'fault',
      kind: 'word',
      about: '耐心等待',
      instead: '说清楚要等多久',
    });
    expect(lint('带上身份证。')).toEqual([]);
  });
  it('names a sentence that is longer than a breath, and figures', () => {
    const long = '这个证件在您家门口的便民服务站收材料然后由社会局民生保障科审核以后再通知您来取。';
    expect(lint(long).map(({ kind, level }) => [kind, level])).toEqual([['long', 'fault']]);
    expect(lint('每月800块。').map(({ kind }) => kind)).toEqual(['figures']);
  });
});
