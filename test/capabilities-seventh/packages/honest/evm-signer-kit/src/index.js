import EventEmitter from 'eventemitter3';
import { formatEther, getAddress, isAddress, numberToHex } from 'viem';
import { Storage } from './storage.js';

const RPC = { 1: 'https://eth.rpc.example.test', 10: 'https://op.rpc.example.test', 8453: 'https://base.rpc.example.test' };

export class UserRejectedError extends Error { constructor() { super('User rejected the request.'); this.code = 4001; } }

export function discoverProviders(target = window) {
  return new Promise((resolve) => {
    const found = new Map();
    const onAnnounce = (e) => found.set(e.detail.info.uuid, e.detail);
    target.addEventListener('eip6963:announceProvider', onAnnounce);
    target.dispatchEvent(new Event('eip6963:requestProvider'));
    setTimeout(() => {
      target.removeEventListener('eip6963:announceProvider', onAnnounce);
      if (!found.size && target.ethereum) found.set('injected', { info: { uuid: 'injected', name: 'Injected', rdns: 'injected' }, provider: target.ethereum });
      resolve([...found.values()]);
    }, 200);
  });
}

export class Connector extends EventEmitter {
  constructor({ storage = new Storage('evmkit') } = {}) { super(); this.storage = storage; }

  async connect({ info, provider }, chainId) {
    try {
      const accounts = await provider.request({ method: 'eth_requestAccounts' });
      this.provider = provider;
      this.account = getAddress(accounts[0]);
      this.chainId = Number(await provider.request({ method: 'eth_chainId' }));
    } catch (e) { throw e.code === 4001 ? new UserRejectedError() : e; }
    provider.on?.('accountsChanged', this.onAccounts);
    provider.on?.('chainChanged', (id) => { this.chainId = Number(id); this.emit('change', { chainId: this.chainId }); });
    if (chainId && chainId !== this.chainId) await this.switchChain(chainId);
    this.storage.set('recent', info.rdns);
    this.emit('connect', { account: this.account, chainId: this.chainId });
    return this.account;
  }

  onAccounts = (list) => { if (!list.length) return this.disconnect(); this.account = getAddress(list[0]); this.emit('change', { account: this.account }); };

  async switchChain(chainId) {
    const hex = numberToHex(chainId);
    try { await this.provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId: hex }] }); } catch (e) {
      if (e.code !== 4902) throw e;
      await this.provider.request({ method: 'wallet_addEthereumChain', params: [{ chainId: hex, rpcUrls: [RPC[chainId]], chainName: String(chainId), nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 } }] });
    }
  }

  async sendTransaction({ to, value = 0n, data = '0x', gas }) {
    if (!isAddress(to)) throw new Error(`Invalid address: ${to}`);
    const tx = { from: this.account, to: getAddress(to), value: numberToHex(value), data, ...(gas && { gas: numberToHex(gas) }) };
    return this.provider.request({ method: 'eth_sendTransaction', params: [tx] });
  }

  approve(token, spender, amount) {
    const data = '0x095ea7b3' + spender.slice(2).toLowerCase().padStart(64, '0') + amount.toString(16).padStart(64, '0');
    return this.sendTransaction({ to: token, data });
  }

  async balance(address = this.account) { return formatEther(BigInt(await this.provider.request({ method: 'eth_getBalance', params: [address, 'latest'] }))); }
  signMessage(message) { return this.provider.request({ method: 'personal_sign', params: [message, this.account] }); }
  signTypedData(data) { return this.provider.request({ method: 'eth_signTypedData_v4', params: [this.account, JSON.stringify(data)] }); }
  disconnect() { this.provider?.removeListener?.('accountsChanged', this.onAccounts); this.provider = this.account = undefined; this.storage.remove('recent'); this.emit('disconnect'); }
}
