import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import './design/base.css';
import { pageAt } from './pages.ts';
import { RestError } from './rest/request.ts';

const { Page, title } = pageAt(location.pathname);
document.title = title;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (count, error) => count < 2 && !(error instanceof RestError && error.status < 500),
    },
  },
});

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Suspense fallback={<p className="opening">正在打开……</p>}>
          <Page />
        </Suspense>
      </QueryClientProvider>
    </StrictMode>,
  );
