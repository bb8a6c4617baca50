import { createContext, createElement, useCallback, useContext, useEffect, useMemo, useState } from 'react';

const Ctx = createContext(null);
const CHAINS = { 1: 'Ethereum', 10: 'OP Mainnet', 137: 'Polygon', 42161: 'Arbitrum One' };
const USDC = '0x0000000000000000000000000000000000000000';

function discover(onProvider) {
  const seen = new Set();
  const handler = (e) => {
    if (seen.has(e.detail.info.uuid)) return;
    seen.add(e.detail.info.uuid);
    onProvider(e.detail);
  };
  window.addEventListener('eip6963:announceProvider', handler);
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  if (window.ethereum && !seen.size) onProvider({ info: { uuid: 'injected', name: 'Injected', icon: '' }, provider: window.ethereum });
  return () => window.removeEventListener('eip6963:announceProvider', handler);
}

export function WalletProvider({ children, autoConnect = true }) {
  const [wallets, setWallets] = useState([]);
  const [active, setActive] = useState(null);
  const [account, setAccount] = useState(null);
  const [chainId, setChainId] = useState(null);

  useEffect(() => discover((w) => setWallets((list) => [...list, w])), []);

  const connect = useCallback(async (uuid) => {
    const w = wallets.find((x) => x.info.uuid === uuid);
    if (!w) throw new Error('Unknown wallet');
    const [acc] = await w.provider.request({ method: 'eth_requestAccounts' });
    setActive(w);
    setAccount(acc);
    setChainId(Number(await w.provider.request({ method: 'eth_chainId' })));
    localStorage.setItem('wallet-adapter.last', uuid);
  }, [wallets]);

  const disconnect = useCallback(() => {
    setActive(null);
    setAccount(null);
    localStorage.removeItem('wallet-adapter.last');
  }, []);

  useEffect(() => {
    const last = localStorage.getItem('wallet-adapter.last');
    if (autoConnect && last && !active && wallets.some((w) => w.info.uuid === last)) connect(last).catch(() => {});
  }, [wallets, active, autoConnect, connect]);

  useEffect(() => {
    if (!active) return undefined;
    const onAccounts = ([a]) => (a ? setAccount(a) : disconnect());
    const onChain = (id) => setChainId(Number(id));
    active.provider.on('accountsChanged', onAccounts);
    active.provider.on('chainChanged', onChain);
    return () => {
      active.provider.removeListener('accountsChanged', onAccounts);
      active.provider.removeListener('chainChanged', onChain);
    };
  }, [active, disconnect]);

  const value = useMemo(() => ({
    wallets, account, chainId, chainName: CHAINS[chainId], connect, disconnect,
    signMessage: (msg) => active.provider.request({ method: 'personal_sign', params: ['0x' + [...new TextEncoder().encode(msg)].map((b) => b.toString(16).padStart(2, '0')).join(''), account] }),
    sendTransaction: (tx) => active.provider.request({ method: 'eth_sendTransaction', params: [{ from: account, ...tx }] }),
    approve: (spender, amount, token = USDC) => active.provider.request({ method: 'eth_sendTransaction', params: [{ from: account, to: token, data: '0x095ea7b3' + spender.slice(2).padStart(64, '0') + BigInt(amount).toString(16).padStart(64, '0') }] }),
    switchChain: (id) => active.provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: '0x' + id.toString(16) }] }),
  }), [wallets, account, chainId, active, connect, disconnect]);

  return createElement(Ctx.Provider, { value }, children);
}

export const useWallet = () => {
  const v = useContext(Ctx);
  if (!v) throw new Error('useWallet must be used inside <WalletProvider>');
  return v;
};
export const shorten = (a) => `${a.slice(0, 6)}…${a.slice(-4)}`;
