import { App } from 'antd';
import { useState } from 'react';
import { RestError, refusalOf } from '../rest/request.ts';
import { language } from '../words/language.ts';
import { t } from '../words/staff.ts';

const DEADLINE_MS = 60_000;
/** A server with too much to do says so (503); whoever pressed need not press again. */
const PATIENCE = { attempts: 3, pauseMs: 1500 };

/**
 * Files of ours, handed to the browser once they are here. A link would do with less, but a browser says nothing where the server
 * refuses: too fast, too busy, no font.
 */
export function useDownload() {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const download = async (path: string): Promise<void> => {
    setBusy(true);
    const refused = await handOver(path);
    setBusy(false); // before the word about it: whoever reads it may press again
    if (refused) message.error(refused instanceof RestError ? refused.message : t.serverCannotBeReached);
  };
  return { busy, download };
}

/** @returns what stood in the way */
async function handOver(path: string): Promise<unknown> {
  try {
    const response = await fileAt(path);
    save(nameIn(response), await response.blob());
    return undefined;
  } catch (fault) {
    return fault;
  }
}

/** @throws RestError with the server's words */
async function fileAt(path: string, attempt = 1): Promise<Response> {
  const headers = { 'x-language': language };
  const response = await fetch(path, { headers, credentials: 'same-origin', signal: AbortSignal.timeout(DEADLINE_MS) });
  if (response.ok) return response;
  if (response.status !== 503 || attempt >= PATIENCE.attempts) throw await refusalOf(response);
  await new Promise((over) => setTimeout(over, PATIENCE.pauseMs));
  return fileAt(path, attempt + 1);
}

const nameIn = ({ headers }: Response) =>
  /filename="([^"]+)"/.exec(headers.get('content-disposition') ?? '')?.[1] ?? 'file';

/** Long enough for any browser to have read what it keeps. */
const READ_MS = 60_000;

/** Hands the browser a text that exists here only. */
export function saveText(name: string, text: string, type = 'application/json'): void {
  save(name, new Blob([text], { type }));
}

function save(name: string, file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), READ_MS);
}
