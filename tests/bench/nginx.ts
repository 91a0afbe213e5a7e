/** nginx with files: what serving the same bytes costs at the least. One process, as ours is. */
import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { spawnAttached } from '../harness/attached.ts';
import { freePort } from '../harness/cluster.ts';

/**
 * @param root folder of the files: those under `gzip/` are sent with that content encoding, all others as they are
 * @param folder an empty folder for nginx alone
 */
export async function nginx(root: string, folder: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  await writeFile(
    `${folder}/nginx.conf`,
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; ${temporary}
  open_file_cache max=10000; open_file_cache_valid 1h;
  default_type application/vnd.mapbox-vector-tile;
  server {
    listen 127.0.0.1:${port}; root ${root};
    location /gzip/ { add_header Content-Encoding gzip; }
  }
}
`,
  );
  const child = spawnAttached(
    '/usr/sbin/nginx',
    ['-p', folder, '-e', 'stderr', '-c', `${folder}/nginx.conf`],
    'QUIT',
    {},
  );
  let log = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.stdin!.end();
    await ended;
  };
  for (let attempt = 0; attempt < 200; attempt++) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    );
    if (up) return { url, stop };
    await wait(25);
  }
  await stop();
  throw new Error(`nginx did not start:\n${log}`);
}
