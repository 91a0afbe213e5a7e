import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

/** An address that cannot be listened on; the message says what to do, Chinese first. */
export class ListenError extends Error {
  override name = 'ListenError';
}

export interface Listening {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /** Takes no new connection, lets running requests end for `graceMs`, then cuts them. */
  close(graceMs: number): Promise<void>;
}

/**
 * @param fetch answers a request
 * @throws ListenError where the port is taken or not allowed
 */
export function listen(
  fetch: (request: Request, env?: object) => Response | Promise<Response>,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createAdaptorServer({ fetch, hostname: host }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new ListenError(explain(error, host, port))));
    server.listen(port, host, () => {
      const at = server.address() as AddressInfo;
      resolve({
        url: `http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}`,
        close: (graceMs) => close(server, graceMs),
      });
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `端口 ${port} 已被占用：可能已有一个网格服务在运行，请直接打开 http://${host}:${port}；或换一个端口，例如 PORT=${port + 1} npm start。\nPort ${port} is in use: Wangge may be running already at http://${host}:${port}; or take another port, e.g. PORT=${port + 1} npm start.`;
    case 'EACCES':
      return `没有权限使用端口 ${port}，请用 1024 以上的端口，例如 PORT=8787 npm start。\nPort ${port} is not allowed for this user; take one above 1024, e.g. PORT=8787 npm start.`;
    case 'EADDRNOTAVAIL':
      return `本机没有地址 ${host}，请去掉 WANGGE_HOST 或设为 127.0.0.1。\nThis machine has no address ${host}; unset WANGGE_HOST or set 127.0.0.1.`;
    default:
      return `无法在 ${host}:${port} 上提供服务（${error.message}）。请换一个端口，例如 PORT=8788 npm start。\nCannot listen on ${host}:${port} (${error.message}). Take another port, e.g. PORT=8788 npm start.`;
  }
}
