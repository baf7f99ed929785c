package africa.mycandidate.operator.resource;

import africa.mycandidate.operator.model.AwsType;
import africa.mycandidate.operator.model.Declared;
import africa.mycandidate.operator.model.Immutable;
import africa.mycandidate.operator.model.Late;
import africa.mycandidate.operator.model.Resource;
import java.util.Map;

/**
 * Settings of the database engine. Only parameters that were set by a user are compared. Outputs: {@code name}, and {@code tunedName} once it has parameters
 * of its own.
 */
@AwsType(nameLength = 255, generation = true)
public record DbParameterGroup(@Immutable String family, @Immutable String description, @Late @Declared Map<String, String> parameters) implements Resource {}
