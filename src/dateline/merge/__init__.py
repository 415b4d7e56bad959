"""From the events of many reports to incidents: copies and origins, block, compare, cluster, reconcile, judge."""
