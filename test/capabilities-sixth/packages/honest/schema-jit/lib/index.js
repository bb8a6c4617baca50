'use strict';

const esc = JSON.stringify;
const prop = (k) => (/^[a-z$_][\w$]*$/i.test(k) ? '.' + k : '[' + esc(k) + ']');

class Compiler {
  constructor(formats) {
    this.formats = formats;
    this.scope = [];
    this.n = 0;
  }
  id(p) { return p + this.n++; }
  ref(value) { this.scope.push(value); return `scope[${this.scope.length - 1}]`; }

  type(t, d) {
    switch (t) {
      case 'array': return `Array.isArray(${d})`;
      case 'object': return `(${d} && typeof ${d} === "object" && !Array.isArray(${d}))`;
      case 'integer': return `(typeof ${d} === "number" && !(${d} % 1) && !isNaN(${d}))`;
      case 'null': return `${d} === null`;
      default: return `typeof ${d} === ${esc(t)}`;
    }
  }

  fail(path, keyword, msg) {
    return `errors.push({instancePath: ${path}, keyword: ${esc(keyword)}, message: ${esc(msg)}});`;
  }

  gen(schema, d, path) {
    if (schema === true) return '';
    if (schema === false) return this.fail(path, 'false schema', 'boolean schema is false');
    let code = '';
    if (schema.type) {
      const types = [].concat(schema.type);
      code += `if (!(${types.map((t) => this.type(t, d)).join(' || ')})) { ${this.fail(path, 'type', 'must be ' + types.join(','))} }\n`;
    }
    if (schema.enum) code += `if (!${this.ref(schema.enum)}.includes(${d})) { ${this.fail(path, 'enum', 'must be equal to one of the allowed values')} }\n`;
    if (schema.pattern) code += `if (typeof ${d} === "string" && !${this.ref(new RegExp(schema.pattern, 'u'))}.test(${d})) { ${this.fail(path, 'pattern', 'must match pattern ' + schema.pattern)} }\n`;
    if (schema.format && this.formats[schema.format]) code += `if (typeof ${d} === "string" && !${this.ref(this.formats[schema.format])}.test(${d})) { ${this.fail(path, 'format', 'must match format ' + schema.format)} }\n`;
    if (schema.minimum !== undefined) code += `if (typeof ${d} === "number" && ${d} < ${Number(schema.minimum)}) { ${this.fail(path, 'minimum', 'must be >= ' + schema.minimum)} }\n`;
    if (schema.maxLength !== undefined) code += `if (typeof ${d} === "string" && ${d}.length > ${Number(schema.maxLength)}) { ${this.fail(path, 'maxLength', 'must NOT have more than ' + schema.maxLength + ' characters')} }\n`;
    if (schema.properties || schema.required) {
      code += `if (${this.type('object', d)}) {\n`;
      for (const r of schema.required || []) code += `if (${d}${prop(r)} === undefined) { ${this.fail(path, 'required', `must have required property '${r}'`)} }\n`;
      for (const k of Object.keys(schema.properties || {})) {
        const v = this.id('v');
        code += `{ const ${v} = ${d}${prop(k)}; if (${v} !== undefined) {\n${this.gen(schema.properties[k], v, `${path} + ${esc('/' + k)}`)}} }\n`;
      }
      code += '}\n';
    }
    if (schema.items) {
      const i = this.id('i'), v = this.id('v');
      code += `if (Array.isArray(${d})) for (let ${i} = 0; ${i} < ${d}.length; ${i}++) { const ${v} = ${d}[${i}];\n${this.gen(schema.items, v, `${path} + "/" + ${i}`)}}\n`;
    }
    return code;
  }
}

const FORMATS = {
  email: /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9-]+(\.[a-z0-9-]+)*$/i,
  date: /^\d{4}-[01]\d-[0-3]\d$/,
  uuid: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
};

exports.compile = function compile(schema, opts = {}) {
  const c = new Compiler({ ...FORMATS, ...opts.formats });
  const source = `return function validate(data) {\nconst errors = [];\n${c.gen(schema, 'data', '""')}\nvalidate.errors = errors.length ? errors : null;\nreturn errors.length === 0;\n}`;
  if (opts.logSource) console.log(source);
  const make = new Function('scope', source);
  return make(c.scope);
};
