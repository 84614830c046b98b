import { Button, Input } from 'antd';
import type { CallFrame } from '../../../calls/wire.ts';
import type { OwnCall } from '../../live/live.ts';
import { useDeskLine } from '../../live/useLive.ts';
import { t } from '../../words/clerk.ts';
import { Work } from '../work/Work.tsx';
import { BriefCard } from './BriefCard.tsx';
import { CallBar } from './CallBar.tsx';
import { Captions } from './Captions.tsx';
import { useNotes } from './useNotes.ts';
import { WrapUp } from './WrapUp.tsx';

/** A call from the first word to its outcome: who she is beside what is done for her. */
export function CallDesk({ call }: { call: OwnCall }) {
  const [notes, setNotes] = useNotes(call.call);
  const wrapping = call.state === 'wrapping';
  return (
    <section className="call" aria-label={t.thisCall} data-state={call.state}>
      <h2 className="unseen">{t.thisCall}</h2>
      <CallBar call={call} />
      <Elsewhere call={call} />
      <div className="call-grid">
        <div className="call-side">
          {wrapping ? <WrapUp call={call} notes={notes} /> : null}
          {call.brief ? <BriefCard brief={call.brief} reason={call.reason} /> : null}
        </div>
        <div className="call-side">{call.brief ? <Work brief={call.brief} /> : null}</div>
        <div className="call-side">
          <section className="panel notes" aria-labelledby="notes-title">
            <label className="brief-part" id="notes-title" htmlFor="call-notes">
              {t.notes}
            </label>
            <Input.TextArea
              id="call-notes"
              rows={5}
              maxLength={2000}
              placeholder={t.whatWasSaidWhatWas}
              value={notes}
              onChange={(event) => setNotes(event.target.value)}
            />
          </section>
          {wrapping ? null : <Captions call={call} />}
        </div>
      </div>
    </section>
  );
}

/** She has this call on another page: here it can be taken over, never by accident. */
function Elsewhere({ call }: { call: CallFrame }) {
  const { resume } = useDeskLine();
  if (call.state === 'wrapping' || call.state === 'offered' || call.leg) return null;
  return (
    <p className="call-elsewhere" role="status">
      {t.thisCallOnAnotherPage}
      <Button type="primary" onClick={() => void resume().catch(() => undefined)}>
        {t.takeHere}
      </Button>
    </p>
  );
}
