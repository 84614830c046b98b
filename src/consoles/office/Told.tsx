import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useAsked } from '../rest/asked.ts';
import { useChange } from '../rest/session.ts';
import { t } from '../words/office.ts';
import { elementName } from './words.ts';

interface Remark {
  level: string;
  kind: string;
  about: string;
  instead: string;
}

interface ToldItem {
  element: string;
  text: string;
  remarks: Remark[];
}

/** The draft as it will be told, piece by piece, to be listened to; what an eighty-year-old would stumble over stands beside it. */
export function Told({ draft, title }: { draft: object; title: string }) {
  const { data, error } = useAsked<{ items: ToldItem[] }>('/api/spoken', draft);
  const sound = useSound();
  return (
    <section className="panel told" aria-label={title}>
      <h2 className="told-title">{title}</h2>
      {error ? <p className="form-trouble">{error.message}</p> : null}
      {sound.trouble ? <p className="form-trouble">{sound.trouble}</p> : null}
      <ol>
        {(data?.items ?? []).map((item, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same element may be told twice
          <li key={n} className="told-item">
            <div className="told-head">
              <span className="row-quiet">{elementName(item.element)}</span>
              <Button
                size="small"
                type="text"
                disabled={!item.text}
                loading={sound.busy === item.text}
                aria-label={t.listenShort(elementName(item.element))}
                onClick={() => sound.play(item.text)}
              >
                {t.listen}
              </Button>
            </div>
            <p className="told-text">{item.text || t.nothing}</p>
            <Remarks of={item.remarks} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Remarks({ of }: { of: Remark[] }) {
  if (of.length === 0) return null;
  return (
    <ul className="told-remarks">
      {of.map((remark) => (
        <li key={`${remark.kind}${remark.about}`} data-level={remark.level}>
          {remarkWords(remark)}
        </li>
      ))}
    </ul>
  );
}

function remarkWords({ kind, about, instead }: Remark): string {
  if (kind === 'long') return t.thisSentenceHasCharacters(instead);
  if (kind === 'figures') return t.numberHasBeCharacters(about);
  return t.notThis(about, instead ? t.rather(instead) : '');
}

/** One sound at a time; where the installation has no voice it says so. */
function useSound() {
  const player = useRef<HTMLAudioElement>(null);
  const [busy, setBusy] = useState<string>();
  const [trouble, setTrouble] = useState<string>();
  const listen = useChange<{ audioUrl: string | null }, string>(
    (text) => ({ path: '/api/spoken/listen', body: { text } }),
    [],
  );
  const play = async (text: string) => {
    player.current?.pause();
    setBusy(text);
    setTrouble(undefined);
    try {
      const { audioUrl } = await listen.mutateAsync(text);
      if (!audioUrl) throw new Error(t.thisServerHasNo);
      player.current = new Audio(audioUrl);
      await player.current.play();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : t.cannotBePlayed);
    } finally {
      setBusy(undefined);
    }
  };
  return { play: (text: string) => void play(text), busy, trouble };
}
