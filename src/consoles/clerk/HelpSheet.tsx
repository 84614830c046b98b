import { Modal, Switch } from 'antd';
import { t } from '../words/clerk.ts';
import type { Keys } from './useKeys.ts';

const SHORTCUTS: [string, string][] = [
  ['y n', t.callTakeDecline],
  ['h', t.inCallHoldGoOn],
  ['t', t.inCallHandOverColleague],
  ['⇧X', t.inCallHangUp],
  ['1…7', t.afterChooseOutcome],
  ['1 2 3 4 5', t.callsBookingsCasesVisitsComplaints],
  ['j k', t.nextOneOneBefore],
  ['c', t.callReturnCallSpeaker],
  ['v', t.callReturnRingHerPhone],
  ['t', t.callReturnNoAnswerCount],
  ['d', t.callReturnSolved],
  ['o', t.callReturnAnotherOutcome],
  ['p', t.seeTelephoneNumberWithReason],
  ['a', t.bookingHere],
  ['m', t.bookingDidNotCome],
  ['g', t.visitSayWhoGoes],
  ['e', t.caseApplicationComplaintOpen],
  ['/', t.findCase],
  ['r', t.updateNow],
  ['?', t.opensThisPageEscCloses],
];

/** Every single-letter key of the desk, and the switch that turns them off (WCAG 2.1.4). The list is told here, not read from the handlers. */
export function HelpSheet({ open, onClose, keys }: { open: boolean; onClose: () => void; keys: Keys }) {
  return (
    <Modal title={t.keys} open={open} onCancel={onClose} footer={null} width={520} destroyOnHidden>
      <dl className="help">
        {SHORTCUTS.map(([key, does]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one} className="kbd">
                  {one}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div className="help-switch">
        <Switch id="keys-on" checked={keys.on} onChange={keys.set} />
        <label htmlFor="keys-on">{t.useSingleLettersAsKeys}</label>
      </div>
    </Modal>
  );
}
