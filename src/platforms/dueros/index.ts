import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../clock.ts';
import type { Certificates } from '../certificates.ts';
import { digestOf } from '../delivery.ts';
import { type BrandOptions, guardedTurn, mountWebhook } from '../webhook.ts';
import type { Takes } from './dialog.ts';
import { reminderGranted } from './reminder.ts';
import { readDueros } from './request.ts';
import { ENDED, quietly, REFUSED, SILENT, writeDueros } from './response.ts';
import { hasScreen } from './screen.ts';
import { sha1Works } from './sha1.ts';
import { verifyDueros } from './verify.ts';

export interface DuerosOptions extends BrandOptions {
  /** DUEROS_SKILL_ID; without it there is no route. */
  skillId?: string;
  certificates: Certificates;
  /** The real clock. */
  clock: Clock;
  /** What the console was told of our intents; without it no slot is asked for. */
  takes?: Takes;
}

/** POST /webhooks/dueros, and the HEAD with which the platform asks whether we are alive. */
export async function dueros(app: FastifyInstance, options: DuerosOptions): Promise<void> {
  const { skillId, certificates, clock, linking = false, takes = () => false } = options;
  if (!skillId) return;
  const turn = guardedTurn(options);
  const path = '/webhooks/dueros';

  app.addHook('onReady', async () => {
    if (!(await sha1Works()))
      app.log.error('SHA-1 signatures are switched off on this machine: every dueros request will be refused');
  });
  app.head(path, (_request, reply) => reply.code(204).send());
  mountWebhook(
    app,
    {
      brand: 'dueros',
      path,
      silent: SILENT,
      refused: REFUSED,
      verify: (delivery) => verifyDueros(delivery, { skillId, certificates, clock }),
      answer: async (body, delivery) => {
        const granted = reminderGranted(body);
        if (granted) return quietly(granted);
        const said = readDueros(body, digestOf(delivery));
        if (!said) return SILENT;
        const reply = await turn(said);
        return said.kind === 'end'
          ? ENDED
          : writeDueros(reply, {
              body,
              takes,
              now: clock.now(),
              screen: hasScreen(body),
              linking,
            });
      },
    },
    options,
  );
}
