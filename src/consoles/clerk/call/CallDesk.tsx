import { Button, Input } from 'antd';
import type { CallFrame } from '../../../calls/wire.ts';
import type { OwnCall } from '../../live/live.ts';
import { useDeskLine } from '../../live/useLive.ts';
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
    <section className="call" aria-label="这通电话" data-state={call.state}>
      <h2 className="unseen">这通电话</h2>
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
              备注
            </label>
            <Input.TextArea
              id="call-notes"
              rows={5}
              maxLength={2000}
              placeholder="说了什么、答应了什么。关了页面也不会丢。"
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
      这通电话在您的另一个页面上，或者那个页面关了。
      <Button type="primary" onClick={() => void resume().catch(() => undefined)}>
        接到这里来
      </Button>
    </p>
  );
}
