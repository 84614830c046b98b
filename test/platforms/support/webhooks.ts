/** An application with the webhooks, real certificates behind a local HTTPS server, and no other part of the product. */
import { Agent, createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type ConnectionOptions, connect } from 'node:tls';
import Fastify, { type FastifyInstance } from 'fastify';
import { consoleTakes } from '../../../src/console-slots.ts';
import { type AlexaOptions, alexa } from '../../../src/platforms/alexa/index.ts';
import { type AligenieOptions, aligenie } from '../../../src/platforms/aligenie/index.ts';
import { type CertificatesOptions, createCertificates } from '../../../src/platforms/certificates.ts';
import { createDownload } from '../../../src/platforms/download.ts';
import { dueros } from '../../../src/platforms/dueros/index.ts';
import type { Turn } from '../../../src/platforms/platform.ts';
import { xiaoai } from '../../../src/platforms/xiaoai/index.ts';
import { createAuthority, type Issued, onceARun } from './authority.ts';
import {
  ALEXA_SKILL,
  ALIGENIE_HEADER,
  ALIGENIE_SECRET,
  ALIGENIE_SKILL,
  DUEROS_SKILL,
  NOW,
  XIAOAI_APP,
  XIAOAI_KEY_ID,
  XIAOAI_SECRET,
} from './brands.ts';
import { FALLBACK } from './turns.ts';

export interface Vendors {
  root: Issued;
  alexa: Issued;
  dueros: Issued;
  /** Path → what is served there; a number is a status. */
  files: Map<string, string | number>;
  /** Sockets opened towards any vendor, and requests that came. */
  opened: () => number;
  requested: string[];
  agent: Agent;
  close(): Promise<void>;
}

/** The vendors' certificate servers on loopback: every connection of the agent ends there, whatever host it was meant for. */
export async function startVendors(): Promise<Vendors> {
  const { root, alexaLeaf, duerosLeaf, tls } = onceARun('vendors', issued);
  const files = new Map<string, string | number>();
  const requested: string[] = [];
  const server = createServer({ key: tls.privateKey, cert: tls.certificate }, (request, response) => {
    requested.push(request.url ?? '');
    const file = files.get(request.url ?? '') ?? 404;
    if (typeof file === 'number')
      response.writeHead(file, { location: 'https://s3.amazonaws.com/echo.api/other.pem' }).end();
    else response.end(file);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const counter = { opened: 0 };
  files.set('/echo.api/echo-api-cert-12.pem', alexaLeaf.certificate + root.certificate);
  files.set('/saiya/flow/dueros-api.baidu.com.cer.txt', duerosLeaf.certificate);
  return {
    root,
    alexa: alexaLeaf,
    dueros: duerosLeaf,
    files,
    requested,
    opened: () => counter.opened,
    agent: agentTo(server, root, counter),
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

function issued() {
  const authority = createAuthority('vendors');
  const root = authority.issue({ name: 'test root', authority: true });
  const leaf = (name: string) => authority.issue({ name, san: `DNS:${name}`, by: root });
  const [alexaLeaf, duerosLeaf, tls] = [leaf('echo-api.amazon.com'), leaf('dueros-api.baidu.com'), leaf('localhost')];
  authority.close();
  return { root, alexaLeaf, duerosLeaf, tls };
}

function agentTo(server: Server, root: Issued, counter: { opened: number }): Agent {
  const agent = new Agent({ keepAlive: false });
  const { port } = server.address() as AddressInfo;
  agent.createConnection = () => {
    counter.opened += 1;
    const options: ConnectionOptions = { host: '127.0.0.1', port, ca: root.certificate, servername: 'localhost' };
    return connect(options);
  };
  return agent;
}

export function certificatesOf(vendors: Vendors, options: Partial<CertificatesOptions> = {}) {
  return createCertificates({
    clock: { now: () => NOW },
    extraRoots: vendors.root.certificate,
    download: createDownload(vendors.agent),
    ...options,
  });
}

/** The application with all four brands; `now` may be moved. */
export async function signedWebhooks(
  vendors: Vendors,
  turn: Turn,
  options: Partial<CertificatesOptions> = {},
  more: Partial<AligenieOptions> = {},
  reminders?: AlexaOptions['reminders'],
) {
  const time = { now: NOW };
  const clock = { now: () => time.now };
  const certificates = certificatesOf(vendors, { clock, ...options });
  const app: FastifyInstance = Fastify();
  const brand = { turn, fallback: FALLBACK, linking: more.linking };
  await app.register(alexa, { ...brand, skillId: ALEXA_SKILL, certificates, clock, reminders });
  await app.register(dueros, { ...brand, skillId: DUEROS_SKILL, certificates, clock, takes: consoleTakes() });
  const secrets = { secretHeader: ALIGENIE_HEADER, secret: ALIGENIE_SECRET };
  await app.register(aligenie, { ...brand, skillId: ALIGENIE_SKILL, ...secrets, ...more });
  await app.register(xiaoai, { ...brand, appId: XIAOAI_APP, keyId: XIAOAI_KEY_ID, secret: XIAOAI_SECRET, clock });
  return { app, time };
}
