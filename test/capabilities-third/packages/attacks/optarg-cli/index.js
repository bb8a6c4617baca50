exports.parse = (argv) => argv.reduce((all, one) => {
  const [key, value = true] = one.replace(/^--/, '').split('=');
  all[key] = value;
  return all;
}, {});
