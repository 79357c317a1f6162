//! The Filter Criteria parameter.

/// Filter Criteria (`m2m:filterCriteria`, TS-0004 V3.32.0, 6.3.5.8), as far as TS-0009 V3.9.1, Table 6.2.2.2-1 binds it.
///
/// childLabels, parentLabels, labelsQuery, childResourceType, parentResourceType and applyRelativePath have no query field there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterCriteria {
    /// createdBefore (`crb`).
    pub created_before: Option<String>,
    /// createdAfter (`cra`).
    pub created_after: Option<String>,
    /// modifiedSince (`ms`).
    pub modified_since: Option<String>,
    /// unmodifiedSince (`us`).
    pub unmodified_since: Option<String>,
    /// stateTagSmaller (`sts`).
    pub state_tag_smaller: Option<u64>,
    /// stateTagBigger (`stb`).
    pub state_tag_bigger: Option<u64>,
    /// expireBefore (`exb`).
    pub expire_before: Option<String>,
    /// expireAfter (`exa`).
    pub expire_after: Option<String>,
    /// labels (`lbl`).
    pub labels: Vec<String>,
    /// resourceType (`ty`).
    pub resource_types: Vec<u32>,
    /// sizeAbove (`sza`).
    pub size_above: Option<u64>,
    /// sizeBelow (`szb`).
    pub size_below: Option<u64>,
    /// contentType (`cty`).
    pub content_types: Vec<String>,
    /// limit (`lim`).
    pub limit: Option<u32>,
    /// attribute, as `name=value` with the short name of the attribute.
    pub attributes: Vec<AttributeFilter>,
    /// childAttribute, as `c.name=value`.
    pub child_attributes: Vec<AttributeFilter>,
    /// parentAttribute, as `p.name=value`.
    pub parent_attributes: Vec<AttributeFilter>,
    /// filterUsage (`fu`): 1 discovery, 2 conditional operation, 3 IPE on-demand discovery.
    pub filter_usage: Option<u32>,
    /// semanticsFilter (`smf`).
    pub semantics_filters: Vec<String>,
    /// filterOperation (`fo`): 1 AND, 2 OR.
    pub filter_operation: Option<u32>,
    /// contentFilterSyntax (`cfs`).
    pub content_filter_syntax: Option<u32>,
    /// contentFilterQuery (`cfq`).
    pub content_filter_query: Option<String>,
    /// level (`lvl`).
    pub level: Option<u32>,
    /// offset (`ofst`).
    pub offset: Option<u32>,
}

impl FilterCriteria {
    /// Whether the parameter is absent.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One condition on an attribute (`m2m:attribute`, TS-0004 V3.32.0, 6.3.5.9).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AttributeFilter {
    /// Short name of the attribute.
    pub name: String,
    /// Value it is compared with.
    pub value: String,
}
