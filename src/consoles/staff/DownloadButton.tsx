import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useDownload } from './download.ts';

interface DownloadButtonProps {
  path: string;
  type?: 'primary';
  size?: 'small';
  children: ReactNode;
}

/** A file of ours on a press; where the server refuses, its words are shown. */
export function DownloadButton({ path, children, ...look }: DownloadButtonProps) {
  const { busy, download } = useDownload();
  return (
    <Button {...look} loading={busy} onClick={() => void download(path)}>
      {children}
    </Button>
  );
}
