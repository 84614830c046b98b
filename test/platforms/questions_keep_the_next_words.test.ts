import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '../../src/platforms/capabilities.ts';
import { at } from '../../src/platforms/foreign.ts';
import type { Reply } from '../../src/platforms/platform.ts';
import { ASKINGS } from '../../src/understanding/meaning.ts';
import { alexaBody, aligenieBody, duerosBody, xiaoaiBody } from './support/brands.ts';
import { isEnvelope } from './support/envelopes.ts';
import { readingOf } from './support/reading.ts';
import { WEBHOOK_BRANDS, type WebhookBrand } from './support/senders.ts';

type Json = Record<string, unknown>;
const CHOICES = [
  { n: 1, text: '上午九点' },
  { n: 2, text: '下午两点' },
];
const DATE: Partial<Reply> = { text: '哪天来？', asking: 'date' };
const CHOICE: Partial<Reply> = { text: '您要第几个？', asking: 'choice', choices: CHOICES };

const dueros = await readingOf('dueros');
const alexa = await readingOf('alexa');
const aligenie = await readingOf('aligenie', { envelope2: true });
const xiaoai = await readingOf('xiaoai');

const atDueros = async (reply: Partial<Reply>, intent: unknown = { name: 'pickup_book', slots: {} }) =>
  (await dueros.send(duerosBody({ requestId: dueros.fresh(), intents: [intent] }), reply)).answer as Json;
const directives = (answer: Json) => at(answer, 'response', 'directives') ?? [];

describe('dueros', () => {
  it('is asked for the slot of the intent at hand, with what is known of it', async () => {
    const item = { name: 'item', value: '老年优待证', confirmationStatus: 'NONE' };
    const answer = await atDueros(DATE, { name: 'pickup_book', score: 100, slots: { item } });
    expect(answer).toMatchObject({
      context: { expectResponse: [{ type: 'Slot', slot: 'date' }] },
      response: {
        directives: [
          {
            type: 'Dialog.ElicitSlot',
            slotToElicit: 'date',
            updatedIntent: { name: 'pickup_book', slots: { item } },
          },
        ],
        shouldEndSession: false,
        expectSpeech: true,
      },
    });
  });

  it('is told what may be chosen, by word and by number', async () => {
    const answer = await atDueros(CHOICE, { name: 'pickup.book', slots: [] });
    expect(at(answer, 'context', 'expectResponse')).toEqual([
      { type: 'PlainText', text: '上午九点' },
      { type: 'PlainText', text: '下午两点' },
      { type: 'Slot', slot: 'ordinal' },
    ]);
    expect(directives(answer)).toEqual([
      {
        type: 'Dialog.SelectSlot',
        slotToSelect: 'ordinal',
        updatedIntent: { name: 'pickup.book', slots: {} },
        options: [
          { type: 'KEYWORD', value: '上午九点', synonyms: ['1'], index: 1 },
          { type: 'KEYWORD', value: '下午两点', synonyms: ['2'], index: 2 },
        ],
      },
    ]);
  });

  it.each<[string, Partial<Reply>, unknown]>([
    ['an intent of the platform', DATE, { name: 'ai.dueros.common.default_intent', slots: [] }],
    ['an intent that has no such slot', DATE, { name: 'guide_fee', slots: [] }],
    ['no intent at all', DATE, undefined],
    ['a question that any words may answer', { asking: 'yesno' }, { name: 'pickup_book', slots: [] }],
    ['nothing that is asked', { asking: 'nothing' }, { name: 'pickup_book', slots: [] }],
    ['a shut microphone', { ...DATE, listen: false }, { name: 'pickup_book', slots: [] }],
    ['the last word', { ...DATE, end: true }, { name: 'pickup_book', slots: [] }],
  ])('is asked for no slot with %s', async (_, reply, intent) => {
    const answer = await atDueros(reply, intent ?? null);
    expect(directives(answer)).toEqual([]);
    expect(isEnvelope('dueros', answer), JSON.stringify(answer)).toBe(true);
  });
});

describe('alexa', () => {
  const ask = async (reply: Partial<Reply>, request: Json = {}) =>
    (await alexa.send(alexaBody({ requestId: alexa.fresh(), ...request }), reply)).answer as Json;
  const ANY_WORDS = {
    type: 'Dialog.ElicitSlot',
    slotToElicit: 'query',
    updatedIntent: {
      name: 'words',
      confirmationStatus: 'NONE',
      slots: { query: { name: 'query', confirmationStatus: 'NONE' } },
    },
  };

  it.each([
    ['a wish', {}],
    ['the opening', { type: 'LaunchRequest', intent: undefined }],
    ['a yes', { intent: { name: 'AMAZON.YesIntent' } }],
  ])('is asked for her own words after %s, and stays open', async (_, request) => {
    const answer = await ask(DATE, request);
    expect(directives(answer)).toEqual([ANY_WORDS]);
    expect(at(answer, 'response', 'shouldEndSession')).toBe(false);
  });

  it('hands over what is answered as words, whatever the platform would have made of them', async () => {
    const query = { name: 'query', value: 'not wednesday, thursday', confirmationStatus: 'NONE' };
    const intent = { name: 'words', confirmationStatus: 'NONE', slots: { query } };
    const request = { requestId: alexa.fresh(), dialogState: 'IN_PROGRESS', intent };
    expect((await alexa.send(alexaBody(request))).said).toMatchObject({
      kind: 'words',
      text: 'not wednesday, thursday',
    });
  });

  it.each<[string, Partial<Reply>]>([
    ['nothing that is asked', { asking: 'nothing' }],
    ['a shut microphone', { ...DATE, listen: false }],
    ['the last word', { ...DATE, end: true }],
  ])('is not asked for words with %s', async (_, reply) => {
    expect(directives(await ask(reply))).toEqual([]);
  });

  it('keeps the question when its picture is too large', async () => {
    const answer = await ask({ ...DATE, text: 'word '.repeat(6_000) });
    expect(directives(answer)).toEqual([ANY_WORDS]);
  });
});

describe('aligenie', () => {
  it('has one of the choices chosen, by word or by number, and its microphone opens', async () => {
    const body = aligenieBody({ requestId: aligenie.fresh() });
    const { answer } = await aligenie.send(body, CHOICE);
    expect(at(answer, 'returnValue')).toMatchObject({
      resultType: 'SELECT',
      selectParaInfo: {
        intentParameterName: 'ordinal',
        candidateList: [
          { value: '上午九点', aliasValues: ['1'], normValue: '1' },
          { value: '下午两点', aliasValues: ['2'], normValue: '2' },
        ],
        parameterReplyMatch: true,
        selectIndexMatch: true,
      },
    });
    expect(at(answer, 'returnValue', 'askedInfos')).toBeUndefined();
  });

  it('offers nothing once the talk is over', async () => {
    for (const reply of [{ end: true }, { listen: false }]) {
      const { answer } = await aligenie.send(aligenieBody({ requestId: aligenie.fresh() }), { ...CHOICE, ...reply });
      expect(at(answer, 'returnValue', 'resultType')).toBe('RESULT');
      expect(at(answer, 'returnValue', 'selectParaInfo')).toBeUndefined();
    }
  });

  it('in the newer protocol is asked by directives', async () => {
    const newer = () => ({
      version: '2.0',
      context: { system: { application: { skillId: '110255' } } },
      request: { type: 'IntentRequest', requestId: aligenie.fresh(), input: { type: 'TEXT', value: '约时间' } },
    });
    const asked = async (reply: Partial<Reply>) => directives((await aligenie.send(newer(), reply)).answer as Json);
    expect(await asked(DATE)).toEqual([{ type: 'Dialog.ElicitSlot', slotToElicit: 'date' }]);
    expect(await asked({ asking: 'yesno' })).toEqual([{ type: 'Dialog.ElicitSlot', slotToElicit: 'words' }]);
    expect(await asked({ asking: 'nothing' })).toEqual([]);
    expect(await asked(CHOICE)).toEqual([
      {
        type: 'Dialog.SelectSlot',
        slotToSelect: 'ordinal',
        options: [
          { value: '上午九点', synonyms: ['1'] },
          { value: '下午两点', synonyms: ['2'] },
        ],
        parameterReplyMatch: true,
        selectIndexMatch: true,
      },
    ]);
  });
});

describe.each(WEBHOOK_BRANDS)('%s', (brand) => {
  const SENDERS: Record<WebhookBrand, (reply: Partial<Reply>) => Promise<Json>> = {
    dueros: atDueros,
    alexa: async (reply) => (await alexa.send(alexaBody({ requestId: alexa.fresh() }), reply)).answer,
    aligenie: async (reply) => (await aligenie.send(aligenieBody({ requestId: aligenie.fresh() }), reply)).answer,
    xiaoai: async (reply) => (await xiaoai.send(xiaoaiBody({ request_id: xiaoai.fresh() }), reply)).answer,
  };

  it('says in the table of capabilities what it does, for all that can be asked', async () => {
    const { elicits, choices } = CAPABILITIES[brand];
    for (const asking of ASKINGS) {
      const answer = await SENDERS[brand]({ text: '？', asking });
      expect(isEnvelope(brand, answer), JSON.stringify(answer)).toBe(true);
    }
    const dated = JSON.stringify(await SENDERS[brand](DATE));
    expect(/"(slotToElicit|parameterName)":"date"/.test(dated)).toBe(elicits === 'slot');
    expect(dated.includes('"slotToElicit":"query"')).toBe(elicits === 'words');
    expect(/SelectSlot|selectParaInfo/.test(JSON.stringify(await SENDERS[brand](CHOICE)))).toBe(choices);
  });
});
