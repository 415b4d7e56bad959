import{a,b,c,d}from"./chunk-N5X3K652.js";import"./chunk-MSYWSWZN.js";import"./chunk-TM5MVWWB.js";import"./chunk-32M6SYO3.js";export{c as Contributions,d as MergeDesk,a as default,b as judge};
