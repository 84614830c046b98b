import { describe, expect, it } from 'vitest';
import { startAlexa } from '../../../src/connectors/stand-ins/alexa.ts';
import { at } from '../../../src/platforms/foreign.ts';
import { createRates } from '../../../src/store/rates.ts';
import { atEnd, freshRedis } from '../../support/stores.ts';
import { ALEXA_SKILL, alexaBody } from '../support/brands.ts';
import { readingOf } from '../support/reading.ts';

const service = await startAlexa({ clientId: 'c', clientSecret: 's', apiAccessToken: 'in-session' });
atEnd(service.close);
const rates = createRates(await freshRedis());
const once = async (key: string) => (await rates.hit(key, { limit: 1, windowSeconds: 60 })).allowed;
const { send, fresh } = await readingOf('alexa', { linking: true }, { apiUrl: service.url, once });

const PERMISSION = 'alexa::alerts:reminders:skill:readwrite';
interface Having {
  interfaces?: unknown;
  token?: string;
  granted?: boolean;
  requestId?: string;
}
const body = ({ interfaces = {}, token, granted, requestId = fresh() }: Having = {}) =>
  alexaBody(
    { requestId },
    {
      context: {
        System: {
          application: { applicationId: ALEXA_SKILL },
          user: {
            userId: 'amzn1.ask.account.1',
            ...(granted === undefined
              ? {}
              : { permissions: { scopes: { [PERMISSION]: { status: granted ? 'GRANTED' : 'DENIED' } } } }),
          },
          device: { deviceId: 'device-1', supportedInterfaces: interfaces },
          apiEndpoint: 'https://elsewhere.example',
          apiAccessToken: token,
        },
      },
    },
  );

describe('a device with a screen', () => {
  it('shows what is said and what may be chosen, in very large letters', async () => {
    const choices = [{ n: 1, text: 'nine in the morning' }];
    const { answer } = await send(body({ interfaces: { 'Alexa.Presentation.APL': { runtime: {} } } }), {
      text: 'Which?',
      choices,
    });
    const [, directive] = at(answer, 'response', 'directives') as Record<string, unknown>[];
    expect(directive).toMatchObject({
      type: 'Alexa.Presentation.APL.RenderDocument',
      document: { type: 'APL' },
      datasources: { said: { text: 'Which?', choices: ['1. nine in the morning'] } },
    });
    expect(JSON.stringify(at(directive, 'document'))).toContain('"fontSize":"8vh"');
  });

  it('without one is sent no document', async () => {
    const { answer } = await send(body(), { text: 'Which?' });
    expect(JSON.stringify(at(answer, 'response', 'directives') ?? [])).not.toContain('Presentation');
  });
});

describe('a reminder', () => {
  const reminder = { day: '2026-11-25', time: '19:00', text: 'Tomorrow at nine, at the station.' };

  it('is made once where she has permitted it, however often the request comes, and nowhere but at the service', async () => {
    const asked = { token: 'in-session', granted: true, requestId: fresh() };
    const { answer } = await send(body(asked), { text: 'It is booked.', reminder });
    await send(body(asked), { text: 'It is booked.', reminder });
    expect(service.reminders()).toEqual([
      expect.objectContaining({
        trigger: { type: 'SCHEDULED_ABSOLUTE', scheduledTime: '2026-11-25T19:00:00.000', timeZoneId: 'Asia/Shanghai' },
        alertInfo: { spokenInfo: { content: [{ locale: 'en-US', text: reminder.text }] } },
      }),
    ]);
    expect(at(answer, 'response', 'card')).toMatchObject({ type: 'Simple' });
  });

  it('is asked for in the app where she has not, and the answer is spoken all the same', async () => {
    const before = service.reminders().length;
    const { answer } = await send(body({ token: 'in-session', granted: false }), { text: 'It is booked.', reminder });
    expect(at(answer, 'response', 'card')).toEqual({ type: 'AskForPermissionsConsent', permissions: [PERMISSION] });
    expect(JSON.stringify(answer)).toContain('It is booked.');
    expect(service.reminders()).toHaveLength(before);
  });

  it('that the service does not take costs no word', async () => {
    for (const fault of [500, 'hangs', 'lost'] as const) {
      service.next(fault);
      const { status, answer } = await send(body({ token: 'in-session', granted: true }), {
        text: 'It is booked.',
        reminder,
      });
      expect([status, JSON.stringify(answer).includes('It is booked.')]).toEqual([200, true]);
    }
  });
});

it('a device that nobody knows is shown the way to link its account', async () => {
  const { answer } = await send(body(), { phrase: 'conversation.unknownSpeaker', text: 'Not registered.', end: true });
  expect(at(answer, 'response', 'card')).toEqual({ type: 'LinkAccount' });
});
