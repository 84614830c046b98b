import { App } from 'antd';
import { useState } from 'react';
import { patiently, RestError, refusalOf } from '../rest/request.ts';
import { language } from '../words/language.ts';
import { t } from '../words/staff.ts';

const DEADLINE_MS = 60_000;

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
    const response = await patiently(() => fileAt(path));
    save(nameIn(response), await response.blob());
    return undefined;
  } catch (fault) {
    return fault;
  }
}

/** @throws RestError with the server's words */
async function fileAt(path: string): Promise<Response> {
  const headers = { 'x-language': language };
  const response = await fetch(path, { headers, credentials: 'same-origin', signal: AbortSignal.timeout(DEADLINE_MS) });
  if (!response.ok) throw await refusalOf(response);
  return response;
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
