/** What is answered while the database opens and the county loads: not yet, and when to come back. */

const SECONDS = '3';

/** 503 for everything: problem details for programs, a page that reloads itself for a browser. */
export function starting(request: Request): Response {
  const headers = { 'retry-after': SECONDS, 'cache-control': 'no-store' };
  if ((request.headers.get('accept') ?? '').includes('text/html')) {
    return new Response(
      `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta http-equiv="refresh" content="${SECONDS}"><title>网格</title><body style="font:18px/1.8 system-ui;margin:20vh auto;max-width:30em"><p>正在准备数据，完成后本页自动打开。</p><p lang="en">Getting the data ready; this page opens by itself.</p>`,
      { status: 503, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } },
    );
  }
  const body = {
    type: 'urn:wangge:problem:starting',
    title: '服务正在启动',
    status: 503,
    detail: `数据正在准备，请 ${SECONDS} 秒后再试。The data is being made ready; try again in ${SECONDS} seconds.`,
    instance: new URL(request.url).pathname,
    errors: [],
    trace_id: '',
  };
  return new Response(JSON.stringify(body), {
    status: 503,
    headers: { ...headers, 'content-type': 'application/problem+json; charset=utf-8' },
  });
}
