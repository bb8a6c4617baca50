'use strict';

exports.templates = {
  model: `export interface {{name}} {
{{#each schema.properties}}
  {{@key}}?: {{type this}};
{{/each}}
}
`,
  client: `const TOKEN = process.env.API_TOKEN;

async function request(method: string, url: string, body?: unknown) {
  const res = await fetch('{{base}}' + url, { method, headers: { authorization: 'Bearer ' + TOKEN }, body: JSON.stringify(body) });
  return res.json();
}

{{#each operations}}
export function {{name}}({{#each params}}{{name}}: {{type schema}}, {{/each}}body?: unknown) {
  return request('{{method}}', \`{{url}}\`, body);
}

{{/each}}
`,
};
