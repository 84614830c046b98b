import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../clock.ts';
import { digestOf } from '../delivery.ts';
import { type BrandOptions, guardedTurn, mountWebhook } from '../webhook.ts';
import { readXiaoai } from './request.ts';
import { ENDED, REFUSED, SILENT, writeXiaoai } from './response.ts';
import { verifyXiaoai } from './verify.ts';

export interface XiaoaiOptions extends BrandOptions {
  /** XIAOAI_APP_ID; without it, the key or the secret there is no route. */
  appId?: string;
  keyId?: string;
  secret?: string;
  /** PUBLIC_URL: its host is what was signed; where it is unset, the Host header as received. */
  publicUrl?: string;
  /** The real clock. */
  clock: Clock;
}

/** POST /webhooks/xiaoai. */
export async function xiaoai(app: FastifyInstance, options: XiaoaiOptions): Promise<void> {
  const { appId, keyId, secret, publicUrl, clock } = options;
  if (!appId || !keyId || !secret) return;
  const proof = { appId, keyId, secret, clock, publicHost: publicUrl ? new URL(publicUrl).host : undefined };
  const turn = guardedTurn(options);

  mountWebhook(
    app,
    {
      brand: 'xiaoai',
      path: '/webhooks/xiaoai',
      silent: SILENT,
      refused: REFUSED,
      verify: async (delivery) => verifyXiaoai(delivery, proof),
      answer: async (body, delivery) => {
        const said = readXiaoai(body, digestOf(delivery));
        if (!said) return SILENT;
        const reply = await turn(said);
        return said.kind === 'end' ? ENDED : writeXiaoai(reply, body);
      },
    },
    options,
  );
}
