/** The consoles: one built application, served with a fresh nonce in every page so that nothing inline can run that is not ours. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { COOKIE } from './api/sessions.ts';

/** `/speaker` is not here: the socket at the same address hands plain requests to `page`. */
const PATHS = ['/', '/sign-in', '/clerk', '/clerk/*', '/operator', '/operator/*', '/office', '/office/*'];
const built = fileURLToPath(new URL('../dist/consoles', import.meta.url));

const policy = (nonce: string) =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** Whether it is worth asking who is signed in; the interface alone decides. */
function hasCookie({ headers }: FastifyRequest): boolean {
  return headers.cookie?.includes(`${COOKIE}=`) ?? false;
}

export interface Pages {
  /** Answers with the application's page. */
  page: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
  register: (app: FastifyInstance) => Promise<void>;
}

const NOT_BUILT = 'The consoles are not built: npm run build';

/** The page is read anew each time, so that a build under a running server is seen whole. */
export function createPages(): Pages {
  async function page(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const html = await readFile(join(built, 'index.html'), 'utf8').catch(() => undefined);
    if (html === undefined) return reply.code(503).type('text/plain').send(NOT_BUILT);
    const nonce = randomBytes(16).toString('base64');
    reply.headers({ ...HEADERS, 'content-security-policy': policy(nonce) });
    return reply
      .type('text/html; charset=utf-8')
      .send(html.replaceAll('__NONCE__', nonce).replace('__SESSION__', hasCookie(request) ? 'perhaps' : 'none'));
  }

  async function register(app: FastifyInstance): Promise<void> {
    for (const path of PATHS) app.get(path, { schema: { hide: true } as object }, page);
    const assets = join(built, 'assets');
    await mkdir(assets, { recursive: true });
    await app.register(fastifyStatic, {
      root: assets,
      prefix: '/assets/',
      immutable: true,
      maxAge: '30d',
      decorateReply: false,
    });
  }

  return { page, register };
}
