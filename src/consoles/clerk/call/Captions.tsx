import { App, Button, Switch } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { CallFrame } from '../../../calls/wire.ts';
import { captionsSetting } from '../../live/captions-setting.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { t } from '../../words/clerk.ts';

/** What is being said, in writing, where a recogniser runs and she has said yes to it; otherwise why there is nothing. */
export function Captions({ call }: { call: CallFrame }) {
  const { live, wantCaptions } = useDeskLine();
  const [wanted, setWanted] = useState(captionsSetting.wanted);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  });
  const want = (on: boolean) => {
    setWanted(on);
    wantCaptions(on);
  };
  const on = call.captions === 'on';
  return (
    <section className="panel captions" aria-labelledby="captions-title">
      <div className="captions-head">
        <h3 className="brief-part" id="captions-title">
          {t.captions}
        </h3>
        {on ? <Switch checked={wanted} onChange={want} aria-label={t.showCaptionsOnMySide} /> : null}
      </div>
      {live.captions.length === 0 || !on || !wanted ? <p className="row-quiet">{whyNone(call, wanted)}</p> : null}
      {on && wanted ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <ol ref={list} tabIndex={0} aria-labelledby="captions-title" aria-live="off">
          {live.captions.map(({ id, who, text, final }) => (
            <li key={id} data-who={who} data-final={final}>
              <span className="captions-who">{who === 'clerk' ? t.you : t.she}</span>
              {text}
            </li>
          ))}
        </ol>
      ) : null}
      <Consent call={call} />
    </section>
  );
}

/** The clerk asks with these words and writes the answer down; it may be taken back at any time. */
function Consent({ call }: { call: CallFrame }) {
  const { agreeToCaptions } = useDeskLine();
  const { message } = App.useApp();
  const answer = (on: boolean) => void agreeToCaptions(on).catch((error: Error) => message.error(error.message));
  if (!call.resident || call.state === 'connecting') return null;
  if (call.captions === 'on')
    return (
      <Button size="small" className="captions-answer" onClick={() => answer(false)}>
        {t.noLongerAgrees}
      </Button>
    );
  if (call.captions !== 'no_consent') return null;
  return (
    <>
      <p className="captions-ask">{t.mayIHaveOurWords}</p>
      <Button className="captions-answer" onClick={() => answer(true)}>
        {t.sheAgrees}
      </Button>
    </>
  );
}

function whyNone({ captions }: CallFrame, wanted: boolean): string {
  if (captions === 'on') return wanted ? t.captionsAreOnShownNever : t.captionsAreOffOnYour;
  if (captions === 'no_consent') return t.hasNotAgreedCaptionsSo;
  return t.noSpeechRecognitionConnectedHere;
}
