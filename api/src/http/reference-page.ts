/** The OpenAPI document as a page to read: no script, nothing from elsewhere. */

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly default?: unknown;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses?: Readonly<
    Record<
      string,
      { readonly description?: string; readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
    >
  >;
}

const escaped = (text: unknown): string => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const nameOf = (ref: string): string => ref.split('/').at(-1)!;

/** A schema in one line. */
function brief(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.$ref) return `<a href="#${escaped(nameOf(schema.$ref))}">${escaped(nameOf(schema.$ref))}</a>`;
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return options.map(brief).join(' 或 ');
  if (schema.enum) return schema.enum.map((value) => `<code>${escaped(value)}</code>`).join(' · ');
  if (schema.const !== undefined) return `<code>${escaped(schema.const)}</code>`;
  if (schema.items) return `${brief(schema.items)} 的数组`;
  const types = [schema.type ?? 'any'].flat().join(' 或 ');
  return escaped(schema.format ? `${types}（${schema.format}）` : types);
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${head.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

const note = (schema: Schema | undefined, description?: string): string =>
  [
    description ?? schema?.description,
    schema?.default === undefined ? undefined : `默认 ${JSON.stringify(schema.default)}`,
  ]
    .filter((part) => part !== undefined)
    .map(escaped)
    .join('；');

function properties(schema: Schema): string {
  if (!schema.properties) return `<p>${brief(schema)}</p>`;
  const required = new Set(schema.required);
  return table(
    ['字段', '类型', '必有', '说明'],
    Object.entries(schema.properties).map(([name, of]) => [
      `<code>${escaped(name)}</code>`,
      of.properties ? properties(of) : brief(of),
      required.has(name) ? '是' : '',
      note(of),
    ]),
  );
}

function operation(method: string, path: string, of: Operation): string {
  const parameters = (of.parameters ?? []).map((p) => [
    `<code>${escaped(p.name)}</code>`,
    brief(p.schema),
    p.required ? '是' : '',
    note(p.schema, p.description),
  ]);
  const body = Object.entries(of.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `${escaped(type)}：${brief(schema)}`,
  );
  const answers = Object.entries(of.responses ?? {}).map(([status, { description, content }]) => [
    escaped(status),
    Object.entries(content ?? {})
      .map(([type, { schema }]) => `${escaped(type)}<br>${brief(schema)}`)
      .join('<br>'),
    escaped(description ?? ''),
  ]);
  return `<section><h3><code>${escaped(method.toUpperCase())} ${escaped(path)}</code></h3><p>${escaped(of.summary ?? '')}</p>${(
    of.description ?? ''
  )
    .split('\n\n')
    .filter((text) => text !== '')
    .map((text) => `<p>${escaped(text)}</p>`)
    .join('')}${parameters.length > 0 ? `<h4>参数</h4>${table(['名称', '类型', '必填', '说明'], parameters)}` : ''}${
    body.length > 0 ? `<h4>请求体</h4><p>${body.join('<br>')}</p>` : ''
  }<h4>应答</h4>${table(['状态', '内容', '说明'], answers)}</section>`;
}

const STYLE = `
:root{color-scheme:light dark;font-family:system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;line-height:1.6}
body{max-width:64rem;margin:0 auto;padding:1.5rem}
section{border-top:1px solid #8886;padding-top:.5rem;margin-top:1.5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border:1px solid #8884;padding:.3rem .6rem;text-align:left;vertical-align:top}
code{font-family:ui-monospace,Consolas,monospace}
`;

/** @param document an OpenAPI 3.x document */
export function referencePage(document: object): string {
  const { info, paths, components } = document as {
    info: { title: string; version: string; description?: string };
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    components?: { schemas?: Readonly<Record<string, Schema>> };
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, of]) => operation(method, path, of)),
  );
  const schemas = Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) => `<section id="${escaped(name)}"><h3>${escaped(name)}</h3>${properties(schema)}</section>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(info.title)}</title><style>${STYLE}</style></head><body>
<h1>${escaped(info.title)}</h1>
<p>${escaped(info.description ?? '')}</p>
<p>机器可读：<a href="/api/openapi.json">/api/openapi.json</a>（OpenAPI 3.1） · <a href="/ogc/api">/ogc/api</a>（OpenAPI 3.0） · 空间数据集入口 <a href="/ogc">/ogc</a></p>
<p>出错时一律返回 application/problem+json（RFC 9457）：detail 说明怎么办，errors 指出字段。</p>
<main><h2>接口</h2>${operations.join('\n')}<h2>数据结构</h2>${schemas.join('\n')}</main></body></html>`;
}
