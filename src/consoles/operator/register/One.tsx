import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useChange } from '../../rest/session.ts';
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
    <section className="panel register-panel" aria-labelledby="one-title">
      <div className="panel-head">
        <h2 className="panel-title" id="one-title">
          登记一台
        </h2>
      </div>
      <Form<NewSpeaker>
        form={form}
        layout="vertical"
        requiredMark={false}
        className="panel-form"
        initialValues={{ brand: 'speaker' }}
        onFinish={submit}
      >
        <Form.Item name="serial" label="序列号" rules={[{ required: true, whitespace: true, message: '请填序列号' }]}>
          <Input maxLength={80} placeholder="机身或盒子上" />
        </Form.Item>
        <Form.Item name="brand" label="品牌">
          <Select aria-label="品牌" options={Object.entries(brandWords).map(([value, label]) => ({ value, label }))} />
        </Form.Item>
        <Form.Item name="deviceId" label="设备号" rules={[{ required: true, whitespace: true, message: '请填设备号' }]}>
          <Input maxLength={200} />
        </Form.Item>
        <p className="field-fault" role="alert">
          {register.error?.message}
        </p>
        <Button type="primary" htmlType="submit" loading={register.isPending}>
          登记
        </Button>
      </Form>
      {made ? <Done made={made} onOpen={onOpen} /> : null}
    </section>
  );
}

function Done({ made, onOpen }: { made: Made & { serial: string }; onOpen: (id: string) => void }) {
  return (
    <div className="registered" role="status">
      <p>
        <strong className="figures">{made.serial}</strong> 登记好了。
      </p>
      {made.pairingCode ? (
        <p>
          配对码 <strong className="figures">{made.pairingCode}</strong>
        </p>
      ) : null}
      {made.token ? (
        <p>
          设备密钥（只给这一次）<code className="secret">{made.token}</code>
        </p>
      ) : null}
      <Button className="do" onClick={() => onOpen(made.id)}>
        装到一户
      </Button>
    </div>
  );
}
