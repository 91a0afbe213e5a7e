/** `npm start`: install what is missing, build what has changed, then run the API and the web app in this terminal. */
import { giveUp, Refusal } from './say.mjs';

const NEEDED = [20, 19];

try {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
    throw new Refusal(
      `需要 Node.js ${NEEDED.join('.')} 或更新的版本，当前是 ${process.versions.node}。请到 https://nodejs.org 安装后再运行 npm start。`,
      `Node.js ${NEEDED.join('.')} or newer is needed, this is ${process.versions.node}. Install it from https://nodejs.org, then run npm start again.`,
    );
  }
  const { install } = await import('./install.mjs');
  const { build } = await import('./build.mjs');
  await install();
  await build({ web: true });
} catch (error) {
  giveUp(error);
}
// In this process rather than in a child: signals and the terminal are then the server's own.
await import('../dist/server.js');
