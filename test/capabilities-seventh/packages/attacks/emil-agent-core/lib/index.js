module.exports = class Agent {
  constructor(tools) { this.tools = new Map(tools.map((t) => [t.name, t])); }
  async call(name, args) { const t = this.tools.get(name); if (!t) throw new Error('unknown tool ' + name); return t.run(args); }
};
