import { Button, Checkbox, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { useChange } from '../rest/session.ts';
import { t } from '../words/clerk.ts';
import { REVEAL_REASONS } from '../words/written.ts';

const FIELDS = [
  { value: 'phone', label: t.telephone },
  { value: 'name', label: t.name },
  { value: 'address', label: t.address },
  { value: 'idNumber', label: t.idNumber },
];
/** As they are written down, and as they are read here. */
const REASONS = REVEAL_REASONS.map((written, n) => ({
  written,
  words: [t.callBack, t.checkBooking, t.thisMatter][n] ?? written,
}));

interface Revealed {
  field: string;
  value: string | null;
  /** Masked again after this long. */
  seconds: number;
}

/** What is masked, in full, only with a reason; every reading is audited, and what was shown goes away by itself. */
export function Reveal({ residentId, name }: { residentId: string; name: string }) {
  const [asking, setAsking] = useState(false);
  const [shown, setShown] = useState<Revealed[]>([]);
  useEffect(() => {
    if (shown.length === 0) return;
    const timer = setTimeout(() => setShown([]), Math.min(...shown.map(({ seconds }) => seconds)) * 1000);
    return () => clearTimeout(timer);
  }, [shown]);
  return (
    <>
      {shown.map((one) => (
        <Value key={one.field} {...one} />
      ))}
      <Button type="text" size="small" className="reveal" data-key="p" onClick={() => setAsking(true)}>
        {t.seeNumber}
      </Button>
      <RevealReason
        open={asking}
        name={name}
        residentId={residentId}
        onCancel={() => setAsking(false)}
        onShown={(all) => {
          setAsking(false);
          setShown(all);
        }}
      />
    </>
  );
}

function Value({ field, value }: Revealed) {
  if (!value)
    return <span className="row-quiet">{t.noOnRecord(FIELDS.find((one) => one.value === field)?.label)}</span>;
  if (field !== 'phone') return <span className="reveal-value">{value}</span>;
  return (
    <a className="reveal-value figures" href={`tel:${value}`}>
      {value}
    </a>
  );
}

interface RevealReasonProps {
  open: boolean;
  name: string;
  residentId: string;
  onCancel: () => void;
  onShown: (revealed: Revealed[]) => void;
}

function RevealReason({ open, name, residentId, onCancel, onShown }: RevealReasonProps) {
  const [fields, setFields] = useState(['phone']);
  const [reason, setReason] = useState('');
  const reveal = useChange<Revealed, { field: string; reason: string }>(
    (body) => ({ path: `/api/residents/${residentId}/reveal`, body }),
    ['audit'],
  );
  const submit = async (why: string) => {
    const shown: Revealed[] = [];
    for (const field of fields) shown.push(await reveal.mutateAsync({ field, reason: why }));
    onShown(shown);
  };
  const tell = (why: string) => void submit(why).catch(() => undefined); // the refusal stands in reveal.error
  return (
    <Modal
      title={t.seeDetails(name)}
      open={open}
      onCancel={onCancel}
      okText={t.see}
      cancelText={t.notNow}
      okButtonProps={{ disabled: reason.trim().length < 2 || fields.length === 0 }}
      confirmLoading={reveal.isPending}
      onOk={() => tell(reason.trim())}
      width={480}
      destroyOnHidden
    >
      <Checkbox.Group className="reveal-fields" options={FIELDS} value={fields} onChange={setFields} />
      <p className="reveal-why">{t.whyDoYouNeedYour}</p>
      <div className="reveal-reasons">
        {REASONS.map(({ written, words }) => (
          <Button key={written} disabled={reveal.isPending || fields.length === 0} onClick={() => tell(written)}>
            {words}
          </Button>
        ))}
      </div>
      <label className="field-label" htmlFor="reveal-reason">
        {t.anotherReason}
      </label>
      <Input id="reveal-reason" maxLength={100} value={reason} onChange={(event) => setReason(event.target.value)} />
      <p className="form-trouble" role="alert">
        {reveal.error?.message}
      </p>
    </Modal>
  );
}
