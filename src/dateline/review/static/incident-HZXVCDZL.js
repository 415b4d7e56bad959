import{a,b,c,d}from"./chunk-W6BHDNTY.js";import"./chunk-7NBHZSNE.js";import"./chunk-BAONQDZB.js";import"./chunk-N3DMHQD4.js";export{c as Contributions,d as MergeDesk,a as default,b as judge};
