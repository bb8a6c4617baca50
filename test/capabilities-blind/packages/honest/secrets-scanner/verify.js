export async function verify({ url, scheme }, secret) {
  const response = await fetch(url, { headers: { authorization: `${scheme} ${secret}`, 'user-agent': 'leakwatch' } });
  return response.ok;
}
