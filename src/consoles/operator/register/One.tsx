import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useChange } from '../../rest/session.ts';
import { Panel } from '../../staff/Panel.tsx';
import { t } from '../../words/operator.ts';
import { brandWords } from '../words.ts';

interface NewSpeaker {
  serial: string;
  brand: string;
  deviceId: string;
}

interface Made {
  id: string;
  pairingCode: string | null;
  token: string | null;
}

/** By hand, from what stands on the box. */
export function One({ onOpen }: { onOpen: (id: string) => void }) {
  const [form] = Form.useForm<NewSpeaker>();
  const [made, setMade] = useState<Made & { serial: string }>();
  const register = useChange<Made, NewSpeaker>((body) => ({ path: '/api/speakers', body }), ['speakers', 'fleet']);
  const submit = (values: NewSpeaker) =>
    register.mutate(values, {
      onSuccess: (answer) => {
        setMade({ ...answer, serial: values.serial });
        form.resetFields();
      },
    });
  return (
    <Panel title={t.registerOne} className="panel register-panel">
      <Form<NewSpeaker>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="panel-form"
        initialValues={{ brand: 'speaker' }}
        onFinish={submit}
      >
        <Form.Item
          name="serial"
          label={t.serial}
          rules={[{ required: true, whitespace: true, message: t.pleaseGiveSerial }]}
        >
          <Input maxLength={80} placeholder={t.speakerOrItsBox} />
        </Form.Item>
        <Form.Item name="brand" label={t.brand}>
          <Select
            aria-label={t.brand}
            options={Object.entries(brandWords).map(([value, label]) => ({ value, label }))}
          />
        </Form.Item>
        <Form.Item
          name="deviceId"
          label={t.deviceId}
          rules={[{ required: true, whitespace: true, message: t.pleaseGiveDeviceId }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <p className="field-fault" role="alert">
          {register.error?.message}
        </p>
        <Button type="primary" htmlType="submit" loading={register.isPending}>
          {t.register}
        </Button>
      </Form>
      {made ? <Done made={made} onOpen={onOpen} /> : null}
    </Panel>
  );
}

function Done({ made, onOpen }: { made: Made & { serial: string }; onOpen: (id: string) => void }) {
  return (
    <div className="registered" role="status">
      <p>
        <strong className="figures">{made.serial}</strong>
        {t.registeredShort}
      </p>
      {made.pairingCode ? (
        <p>
          {t.pairingCode}
          <strong className="figures">{made.pairingCode}</strong>
        </p>
      ) : null}
      {made.token ? (
        <p>
          {t.tokenDeviceShownThis}
          <code className="secret">{made.token}</code>
        </p>
      ) : null}
      <Button className="do" onClick={() => onOpen(made.id)}>
        {t.putIntoHome}
      </Button>
    </div>
  );
}
